package io.dokploy.core.database;

/** Data that breaks careless dumps of Redis, and a description of all data there is. */
public final class RedisData {

    /** Binary keys and values, all types, large values, keys that expire, several databases, a library of functions. */
    public static final String HOSTILE = String.join(
            "\n",
            "SET \"\\x00\\xff\\x80 binary\\r\\nkey\" \"\\x00\\x01\\xfe\\xff$5\\r\\nhello\\r\\n\"",
            "SET \"😀 Ω \\u200b; $HOME `id` 'quoted' \\\"twice\\\"\" \"*1\\r\\n$8\\r\\nFLUSHALL\\r\\n\"",
            "SET \"\" \"the empty key\"",
            "SET empty \"\"",
            "SET number 9223372036854775807",
            "SETBIT bits 70000 1",
            "HSET hash \"\\x00field\" \"\\xff\" plain value \"\" \"\"",
            "RPUSH list a b a \"\\x00\" \"\"",
            "SADD numbers 1 2 3 -4",
            "SADD set a \"\\xfe\" \"\"",
            "ZADD zset 1.5 a -inf b +inf c 1e-300 \"\\x00\"",
            "GEOADD places 13.361389 38.115556 Palermo",
            "XADD stream 1-1 field value \"\\x00\" \"\\xff\"",
            "XADD stream 2-1 field other",
            "XGROUP CREATE stream readers 0",
            "XREADGROUP GROUP readers one COUNT 1 STREAMS stream >",
            "PFADD visitors a b c d",
            "SET later value PXAT 4102444800000",
            "HSET fields a 1 b 2",
            "EVAL \"for i = 1, 5000 do redis.call('SET', 'many:' .. i, redis.sha1hex(i)) end\" 0",
            "EVAL \"for i = 1, 3000 do redis.call('HSET', 'wide', 'f' .. i, i); redis.call('ZADD', 'tall', i / 3, 'm' .. i) end\" 0",
            "EVAL \"redis.call('SET', 'large', string.rep('\\\\0\\\\255large', 200000))\" 0",
            "EVAL \"redis.call('LPUSH', 'larges', string.rep('a', 1000000), string.rep('b', 1000000))\" 0",
            "FUNCTION LOAD \"#!lua name=shop\\nredis.register_function('half', function(keys, args) return args[1] / 2 end)\"",
            "SELECT 7",
            "SET elsewhere \"in database 7\"",
            "SELECT 15",
            "RPUSH last 1 2 3\n");

    /** A line for each key: database, name in hexadecimal, type, when it expires, hash of its value. */
    private static final String DESCRIPTION = """
            local function hex(s) return (string.gsub(s, '.', function(c) return string.format('%02x', string.byte(c)) end)) end
            local function text(value)
              if type(value) ~= 'table' then return #tostring(value) .. ':' .. tostring(value) end
              local parts = {}
              for i, one in ipairs(value) do parts[i] = text(one) end
              return '[' .. table.concat(parts, ',') .. ']'
            end
            local function sorted(list) table.sort(list) return list end
            local function pairsOf(list)
              local result = {}
              for i = 1, #list, 2 do result[#result + 1] = text({list[i], list[i + 1]}) end
              return sorted(result)
            end
            local read = {
              string = function(k) return redis.call('GET', k) end,
              hash = function(k) return pairsOf(redis.call('HGETALL', k)) end,
              list = function(k) return redis.call('LRANGE', k, 0, -1) end,
              set = function(k) return sorted(redis.call('SMEMBERS', k)) end,
              zset = function(k) return redis.call('ZRANGE', k, 0, -1, 'WITHSCORES') end,
              stream = function(k)
                return {redis.call('XRANGE', k, '-', '+'), redis.call('XPENDING', k, 'readers', '-', '+', 10)[1][1],
                  redis.call('XINFO', 'GROUPS', k)[1][8]}
              end
            }
            local lines = {}
            for database = 0, 15 do
              redis.call('SELECT', database)
              for i, key in ipairs(sorted(redis.call('KEYS', '*'))) do
                local kind = redis.call('TYPE', key).ok
                lines[#lines + 1] = database .. ' ' .. hex(key) .. ' ' .. kind .. ' ' .. redis.call('PEXPIRETIME', key)
                  .. ' ' .. redis.sha1hex(text(read[kind](key)))
              end
            end
            return lines""";

    /** Prints all that there is, in the same words for the same data. */
    public static final String EVERYTHING = "EVAL " + quoted(DESCRIPTION) + " 0\nFUNCTION LIST WITHCODE\n";

    private RedisData() {}

    private static String quoted(String script) {
        return '"' + script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
