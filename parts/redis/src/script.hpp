#pragma once

namespace segment::inline SEGMENT_ABI::redis {

/// Takes permits of one operation from the fleet's budget, in one step on the server.
///
/// A permit is taken for the limit's period plus the time for which it may be kept before it is
/// used, so that no period, however the API divides time, contains more requests than the limit.
/// Each batch is one entry of a sorted set, ordered by the time at which it is returned. The server
/// may evict the set or its sum alone, so neither is trusted without the other.
///
/// KEYS: the entries, their sum, since when the store has known them, the operation's pause, the
/// token's. ARGV: limit, period, hold, wanted, the time (empty: the server's), then age and count
/// of each use to be added. All times are in milliseconds. Returns: granted, wait, age of the
/// store, its epoch, permits taken.
inline constexpr const char* take_script = R"(
local now = tonumber(ARGV[5])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local limit, period, hold, wanted =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local epoch = tonumber(redis.call('GET', KEYS[3]))
if not epoch then
  epoch = now
  redis.call('SET', KEYS[3], string.format('%d', epoch))
end
local sum = redis.call('HGET', KEYS[2], 'taken')
local taken = tonumber(sum or '0')
if redis.call('EXISTS', KEYS[1]) == 0 then
  taken = 0
elseif not sum then
  local newest = 0
  for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local number, count = string.match(entry, '^(%d+):(%d+)$')
    newest = math.max(newest, tonumber(number))
    taken = taken + tonumber(count)
  end
  redis.call('HSET', KEYS[2], 'entries', string.format('%d', newest))
end
local function add(time, count)
  local number = redis.call('HINCRBY', KEYS[2], 'entries', 1)
  redis.call('ZADD', KEYS[1], string.format('%d', time), number .. ':' .. count)
  taken = taken + count
end
for i = 6, #ARGV, 2 do
  add(now - tonumber(ARGV[i]) + period, tonumber(ARGV[i + 1]))
end
local returned = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now))
for _, entry in ipairs(returned) do
  taken = taken - tonumber(string.match(entry, ':(%d+)$'))
end
if #returned > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now))
end
local granted, wait = 0, 0
local pause = math.max(tonumber(redis.call('GET', KEYS[4]) or '0'),
                       tonumber(redis.call('GET', KEYS[5]) or '0'))
if pause > now then
  wait = pause - now
elseif wanted > 0 then
  granted = math.max(0, math.min(wanted, limit - taken))
  if granted > 0 then
    add(now + period + hold, granted)
  else
    local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
    wait = math.max(1, tonumber(first[2] or now) - now)
  end
end
redis.call('HSET', KEYS[2], 'taken', string.format('%d', taken))
local life = string.format('%d', 2 * period + hold + 3600000)
redis.call('PEXPIRE', KEYS[1], life)
redis.call('PEXPIRE', KEYS[2], life)
return {granted, wait, now - epoch, epoch, taken}
)";

/// Pauses an operation, or the token. A longer pause that is known already stays.
///
/// KEYS: the pause. ARGV: how long, how much longer to keep it, the time (empty: the server's). All
/// times are in milliseconds.
inline constexpr const char* pause_script = R"(
local now = tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local wait = tonumber(ARGV[1])
if tonumber(redis.call('GET', KEYS[1]) or '0') < now + wait then
  redis.call('SET', KEYS[1], string.format('%d', now + wait),
             'PX', string.format('%d', math.max(1, wait + tonumber(ARGV[2]))))
end
return 0
)";

}  // namespace segment::inline SEGMENT_ABI::redis
