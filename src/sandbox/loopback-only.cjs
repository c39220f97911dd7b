// Loaded before the playground, which listens on all interfaces and may report to its makers: here it can do neither.
'use strict';
const net = require('node:net');

const loopback = new Set(['127.0.0.1', '::1', 'localhost', undefined, null, '']);

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null && !('path' in first)) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1));
  }
  if (typeof first === 'number' || /^\d+$/.test(String(first))) {
    const rest = typeof second === 'string' ? args.slice(2) : args.slice(1);
    return listen.call(this, Number(first), '127.0.0.1', ...rest);
  }
  return listen.apply(this, args);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectToLoopback(...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof first === 'object' && first !== null ? first.host : args[1];
  const isPath =
    typeof first === 'object' && first !== null && typeof first.path === 'string' && first.port === undefined;
  if (isPath || typeof host !== 'string' || loopback.has(host)) return connect.apply(this, args);
  process.nextTick(() => this.destroy(new Error('The sandbox speaks to this machine alone.')));
  return this;
};
