--[[
  Takes the next turn that every limit has free, or none. A limit is a set of sliding windows: no window of so many
  milliseconds has more turns than it may. Turns are given in advance, so that those who wait need not ask again.

  KEYS     one SORTED SET for each limit, all in the tenant's slot: turn → its time in milliseconds

  ARGV[1]  the name of the turn, which nobody else has
  ARGV[2]  how many milliseconds off a turn may be to be taken
  ARGV[3]  JSON: for each key a list of windows {milliseconds, most turns}
  ARGV[4]  the time in milliseconds; absent, the server's

  Replies  {1, wait}  the turn is taken, and is so many milliseconds off
           {0, wait}  it is further off than that, and not taken
--]]

local limits = cjson.decode(ARGV[3])

local function clock()
  if ARGV[4] then return tonumber(ARGV[4]) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A window is full as long as the turn before which it had room for one less lies within it.
local function first_free(key, windows, now)
  local free = now
  for _, window in ipairs(windows) do
    local ms, most = window[1], window[2]
    local filling = redis.call('ZREVRANGE', key, most - 1, most - 1, 'WITHSCORES')
    if filling[2] then free = math.max(free, tonumber(filling[2]) + ms) end
  end
  return free
end

local function longest(windows)
  local ms = 0
  for _, window in ipairs(windows) do ms = math.max(ms, window[1]) end
  return ms
end

local now = clock()
local at = now
for i, key in ipairs(KEYS) do at = math.max(at, first_free(key, limits[i], now)) end

local wait = at - now
if wait > tonumber(ARGV[2]) then return { 0, wait } end

for i, key in ipairs(KEYS) do
  local ms = longest(limits[i])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - ms)
  redis.call('ZADD', key, string.format('%.0f', at), ARGV[1])
  redis.call('PEXPIRE', key, ms + wait)
end
return { 1, wait }
