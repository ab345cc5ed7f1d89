package io.dokploy.core.database;

/** Data that breaks careless dumps of MongoDB, as far as the stand-in (FerretDB) takes it, and a description of all. */
public final class MongoData {

    /** All types that it knows, binary, emoji, large values, odd names, indexes, a capped collection, several databases. */
    public static final String HOSTILE = """
            const odd = db.getCollection('odd-Ümläut.of-names');
            odd.insertMany([
              {_id: '😀 "quoted" \\'twice\\' ; $HOME `id` \\n\\t\\\\', value: 'Ω\\u0001\\u200b'},
              {_id: 'binary', value: BinData(0, 'AP8A3q2+7w=='), uuid: UUID('0123456789abcdef0123456789abcdef')},
              {_id: 'numbers', int: Int32(5), long: Long('9223372036854775807'), double: 0.1, negative: -1e300},
              {_id: 'others', date: new Date(0), expression: /a.b"c/i, time: Timestamp(1, 2), nothing: null, yes: true},
              {_id: 'nested', list: [1, 'two', {three: [4]}], empty: {}, none: [], '': 'empty name', 'a$b': 1},
              {_id: ObjectId('507f1f77bcf86cd799439011')}, {_id: Long(7)}, {_id: {of: 'two', parts: 1}}
            ]);
            odd.createIndex({value: 1});
            db.unique.insertOne({_id: 1, mail: 'a@example.com'});
            db.unique.createIndex({mail: 1, kind: -1}, {unique: true, name: 'odd mails'});
            db.large.insertMany([{_id: 1, text: 'x'.repeat(1000000)}, {_id: 2, bytes: BinData(0, 'AAAA'.repeat(300000))}]);
            db.many.insertMany(Array.from({length: 3000}, (unused, i) => ({_id: i, hash: (i * 2654435761 % 4294967296).toString(16)})));
            db.createCollection('capped', {capped: true, size: 100000, max: 10});
            db.capped.insertOne({_id: 1});
            db.createCollection('empty');
            db.getSiblingDB('elsewhere').things.insertOne({_id: 'in another database'});
            db.getSiblingDB('admin').createUser({user: 'reporter', pwd: 'reads-only-4711', roles: []});
            """;

    private static final String DESCRIPTION = """
            for (const name of names.sort()) {
              const database = db.getSiblingDB(name);
              for (const info of database.getCollectionInfos().sort((a, b) => a.name < b.name ? -1 : 1)) {
                const collection = database.getCollection(info.name);
                print(EJSON.stringify([name, info.name, info.type, info.options]));
                collection.getIndexes().map(one => EJSON.stringify(one)).sort().forEach(one => print(one));
                collection.find().toArray().map(one => EJSON.stringify(one, {relaxed: false})).sort().forEach(one => print(one));
              }
            }
            """;

    /** Prints all that there is, in the same words for the same data. */
    public static final String EVERYTHING = """
            const names = db.getMongo().getDBNames().filter(one => !['admin', 'config', 'local'].includes(one));
            """ + DESCRIPTION + """
            print(EJSON.stringify(db.getSiblingDB('admin').getUsers().users.map(one => one.user).sort()));
            """;

    /** The same of the database that it is run in. */
    public static final String EVERYTHING_OF_ONE = "const names = [db.getName()];\n" + DESCRIPTION;

    private MongoData() {}
}
