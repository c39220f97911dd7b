--[[
  Makes one change of one tenant true, or none of it: looks at everything first, then writes. Redis does not undo a
  script that fails half-way, so nothing may refuse after the first write.

  KEYS      every key of the change, all in the tenant's slot; the argument names them by number. Where the change
            has an idempotency key, that is the first: HASH digest, outcome.

  ARGV[1]   JSON, an object:
              done      where the change has an idempotency key
                          digest   of the request
                          outcome  JSON: what a repetition is answered with
                          seconds  for which the key is kept
              and seven sections, lists of groups; a group is the number of its key and the list of its values:
              heads     HASH    head, expected version, next version or nothing where the head goes, state
              expected  HASH    id, value as it was read, or nothing where there was none
              logs      STREAM  event
              counts    HASH    field, addend; each field once in a change
              records   HASH    id, value
              indexes   ZSET    score, member
              outbox    STREAM  message key, body
            Every value is text, versions and addends too. They never become a Lua number, which keeps only 53 bits
            and is written with 14 digits.

  Replies   {'committed'}
            {'repeated', outcome}    the idempotency key was used for the same request
            {'key-reused'}           the idempotency key was used for another request
            {'conflict'}             a head has another version than expected, or a record another value
            {'impossible', reason}   what is stored, or the change itself, is a defect: a key of another type, a
                                     count that is not a number or would not fit into 64 bits
--]]

local HASH, STREAM, ZSET = 'hash', 'stream', 'zset'

-- unpack fails above some 8,000 values.
local MAX_UNPACKED = 4000

local change = cjson.decode(ARGV[1])

local function section(name, type)
  local groups = {}
  for i, group in ipairs(change[name]) do
    groups[i] = { type = type, key = KEYS[group[1]], values = group[2] }
  end
  return groups
end

local done = change.done
local expected = section('expected', HASH)
local heads, logs, counts = section('heads', HASH), section('logs', STREAM), section('counts', HASH)
local records, indexes, outbox = section('records', HASH), section('indexes', ZSET), section('outbox', STREAM)

-- Looking -------------------------------------------------------------------------------------------------------

local function impossible(reason)
  return { 'impossible', reason }
end

local function other_type(key, type)
  local found = redis.call('TYPE', key).ok
  if found ~= 'none' and found ~= type then
    return impossible(key .. ' is a ' .. found .. ' and not a ' .. type)
  end
end

local function other_type_in(groups)
  for _, group in ipairs(groups) do
    local refusal = other_type(group.key, group.type)
    if refusal then return refusal end
  end
end

local function earlier_answer()
  local digest, outcome = unpack(redis.call('HMGET', KEYS[1], 'digest', 'outcome'))
  if not digest then return nil end
  if digest == done.digest then return { 'repeated', outcome } end
  return { 'key-reused' }
end

local function conflict()
  for _, group in ipairs(heads) do
    for i = 1, #group.values, 4 do
      local stored = redis.call('HGET', group.key, group.values[i])
      local version = stored and string.match(stored, '^%d+') or '0'
      if version ~= group.values[i + 1] then return { 'conflict' } end
    end
  end
end

local function other_record()
  for _, group in ipairs(expected) do
    for i = 1, #group.values, 2 do
      if (redis.call('HGET', group.key, group.values[i]) or '') ~= group.values[i + 1] then
        return { 'conflict' }
      end
    end
  end
end

-- Reads a decimal integer as HINCRBY does: its digits and its sign; nil for any other text.
local function digits_of(text)
  if text == '0' then return '0', '' end
  local sign, digits = string.match(text, '^(%-?)([1-9]%d*)$')
  if digits and #digits <= 19 then return digits, sign end
end

-- 64 bits hold -9223372036854775808 to 9223372036854775807. The last ten digits and those before them are each
-- exact as a Lua number.
local LIMIT_HIGH = 922337203
local LIMIT_LOW = { [''] = 6854775807, ['-'] = 6854775808 }

local function halves(digits)
  return tonumber(string.sub(digits, 1, -11)) or 0, tonumber(string.sub(digits, -10))
end

local function fits(digits, addend, sign)
  local high, low = halves(digits)
  local addend_high, addend_low = halves(addend)
  high, low = high + addend_high, low + addend_low
  if low >= 1e10 then high, low = high + 1, low - 1e10 end
  return high < LIMIT_HIGH or (high == LIMIT_HIGH and low <= LIMIT_LOW[sign])
end

local function cannot_add(stored, addend)
  local digits, sign = digits_of(stored)
  local addend_digits, addend_sign = digits_of(addend)
  if not digits or not fits(digits, '0', sign) then return 'is not a 64-bit number' end
  if not addend_digits or not fits(addend_digits, '0', addend_sign) then
    return 'cannot be changed by what is not a 64-bit number'
  end
  if sign == addend_sign and not fits(digits, addend_digits, sign) then return 'would not fit into 64 bits' end
end

-- Nearly all numbers, seen at a glance: two of fewer than 18 digits always have a sum that fits.
local function is_small(text)
  return #text < 18 and (text == '0' or string.find(text, '^%-?[1-9]%d*$') ~= nil)
end

local function cannot_count()
  for _, group in ipairs(counts) do
    local values = group.values
    for first = 1, #values, MAX_UNPACKED do
      local fields = {}
      for i = first, math.min(first + MAX_UNPACKED - 1, #values), 2 do fields[#fields + 1] = values[i] end
      for n, stored in ipairs(redis.call('HMGET', group.key, unpack(fields))) do
        local addend = values[first + 2 * n - 1]
        if not (is_small(stored or '0') and is_small(addend)) then
          local reason = cannot_add(stored or '0', addend)
          if reason then return impossible(group.key .. ' ' .. fields[n] .. ' ' .. reason) end
        end
      end
    end
  end
end

-- Writing -------------------------------------------------------------------------------------------------------

local function write_all(command, groups)
  for _, group in ipairs(groups) do
    for first = 1, #group.values, MAX_UNPACKED do
      local last = math.min(first + MAX_UNPACKED - 1, #group.values)
      redis.call(command, group.key, unpack(group.values, first, last))
    end
  end
end

local function write_heads()
  for _, group in ipairs(heads) do
    local values = group.values
    for i = 1, #values, 4 do
      if values[i + 2] == '' then
        redis.call('HDEL', group.key, values[i])
      else
        redis.call('HSET', group.key, values[i], values[i + 2] .. ' ' .. values[i + 3])
      end
    end
  end
end

local function append_events()
  for _, group in ipairs(logs) do
    for _, event in ipairs(group.values) do
      redis.call('XADD', group.key, '*', 'event', event)
    end
  end
end

local function add_counts()
  for _, group in ipairs(counts) do
    local values = group.values
    for i = 1, #values, 2 do
      redis.call('HINCRBY', group.key, values[i], values[i + 1])
    end
  end
end

local function append_messages()
  for _, group in ipairs(outbox) do
    local values = group.values
    for i = 1, #values, 2 do
      redis.call('XADD', group.key, '*', 'key', values[i], 'body', values[i + 1])
    end
  end
end

local function remember_outcome()
  redis.call('HSET', KEYS[1], 'digest', done.digest, 'outcome', done.outcome)
  redis.call('EXPIRE', KEYS[1], done.seconds)
end

-----------------------------------------------------------------------------------------------------------------

for _, groups in ipairs({ heads, logs, counts, records, indexes, outbox }) do
  local refusal = other_type_in(groups)
  if refusal then return refusal end
end

local refusal = done and (other_type(KEYS[1], HASH) or earlier_answer()) or conflict() or other_record() or cannot_count()
if refusal then return refusal end

write_heads()
append_events()
add_counts()
write_all('HSET', records)
write_all('ZADD', indexes)
append_messages()
if done then remember_outcome() end
return { 'committed' }
