package io.dokploy.database.redis;

/** Lua that asks Redis about itself. */
final class Scripts {

    static final String VERSION = "return string.match(redis.call('INFO', 'server'), 'redis_version:(%S+)')";

    /**
     * Keys of each database that never expire. Those that may vanish by themselves, because they or their fields expire or
     * because the server drops keys when its memory is full, are told as about so many.
     */
    static final String COUNTS = """
            local lines = {}
            local drops = not string.find(redis.call('INFO', 'memory'), 'maxmemory_policy:noeviction', 1, true)
            for name, numbers in string.gmatch(redis.call('INFO', 'keyspace'), '(db%d+):([^\\r\\n]+)') do
              local keys = tonumber(string.match(numbers, 'keys=(%d+)'))
              local expiring = tonumber(string.match(numbers, 'expires=(%d+)'))
              local fields = tonumber(string.match(numbers, 'subexpiry=(%d+)') or '0')
              if drops or fields > 0 then
                lines[#lines + 1] = '~' .. name .. '\\t' .. keys
              else
                lines[#lines + 1] = name .. '\\t' .. (keys - expiring)
                lines[#lines + 1] = '~' .. name .. ' expiring\\t' .. expiring
              end
            end
            return lines""";

    private Scripts() {}
}
