package io.dokploy.database.mongo;

/** JavaScript for mongosh. What users name comes by the environment, never into the text. */
final class Scripts {

    static final String USER = "DOKPLOY_USER";
    static final String PASSWORD = "DOKPLOY_PASSWORD";
    static final String DATABASE = "DOKPLOY_DATABASE";
    static final String ADDRESS = "DOKPLOY_ADDRESS";
    /** The user that a script is about, not the one that runs it. */
    static final String OTHER_USER = "DOKPLOY_OTHER_USER";

    static final String OTHER_PASSWORD = "DOKPLOY_OTHER_PASSWORD";
    static final String OTHER_DATABASE = "DOKPLOY_OTHER_DATABASE";

    /** Connects; a password in an argument of mongosh could be read by everybody. */
    static final String LOGIN = """
            db = connect('mongodb://' + encodeURIComponent(process.env.DOKPLOY_USER) + ':'
              + encodeURIComponent(process.env.DOKPLOY_PASSWORD) + '@' + process.env.DOKPLOY_ADDRESS + '/'
              + process.env.DOKPLOY_DATABASE + '?authSource=admin&directConnection=true');
            undefined; // the shell prints the value of the last statement that has one
            """;

    /** While the image makes the data directory, its server runs in the background (fork), and soon ends again. */
    static final String READY = """
            const options = db.adminCommand({getCmdLineOpts: 1}).parsed || {};
            quit(options.processManagement && options.processManagement.fork ? 1 : 0);
            """;

    /**
     * Makes the replica set when it is asked for the first time. Its member is named by an address that is right in
     * whatever container the volume is used; clients are told to connect directly.
     */
    static final String READY_AS_PRIMARY = """
            const options = db.adminCommand({getCmdLineOpts: 1}).parsed || {};
            if (options.processManagement && options.processManagement.fork) quit(1);
            const hello = db.hello();
            if (!hello.setName) {
              db.adminCommand({replSetInitiate: {_id: 'rs0', members: [{_id: 0, host: '127.0.0.1:27017'}]}});
              quit(1);
            }
            quit(hello.isWritablePrimary ? 0 : 1);
            """;

    /** Documents of each collection of the databases that {@code names} has. */
    private static final String COUNTS_OF_NAMES = """
            for (const name of names) {
              const database = db.getSiblingDB(name);
              for (const {name: collection, type} of database.getCollectionInfos({}, {nameOnly: true})) {
                if (type === 'view' || collection.startsWith('system.')) continue;
                print(JSON.stringify(name + '.' + collection).slice(1, -1) + '\\t'
                  + database.getCollection(collection).countDocuments({}));
              }
            }
            """;

    /** Of all databases that are not the server's own. */
    static final String COUNTS = """
            const names = db.adminCommand({listDatabases: 1, nameOnly: true}).databases
              .map(one => one.name).filter(name => !['admin', 'config', 'local'].includes(name));
            """ + COUNTS_OF_NAMES;

    /** Of the login's database. */
    static final String COUNTS_OF_ONE = "const names = [process.env.DOKPLOY_DATABASE];\n" + COUNTS_OF_NAMES;

    static final String VERSION = "print(db.version());";

    static final String CHANGE_PASSWORD = """
            db.getSiblingDB('admin').changeUserPassword(process.env.DOKPLOY_OTHER_USER, process.env.DOKPLOY_OTHER_PASSWORD);
            """;

    static final String CREATE_USER = """
            db.getSiblingDB('admin').createUser({user: process.env.DOKPLOY_OTHER_USER,
              pwd: process.env.DOKPLOY_OTHER_PASSWORD,
              roles: [{role: 'dbOwner', db: process.env.DOKPLOY_OTHER_DATABASE}]});
            """;

    static final String DROP_USER = """
            if (!db.getSiblingDB('admin').dropUser(process.env.DOKPLOY_OTHER_USER)) {
              throw new Error('there is no such user');
            }
            """;

    static final String USERS = "db.getSiblingDB('admin').getUsers().users.forEach(one => print(one.user));";

    /** MongoDB asks for a role of this kind from whoever replays an oplog. */
    static final String OPLOG_ROLE = """
            db.getSiblingDB('admin').createRole({role: 'dokployOplogReplay',
              privileges: [{resource: {anyResource: true}, actions: ['anyAction']}], roles: []});
            db.getSiblingDB('admin').grantRolesToUser(process.env.MONGO_INITDB_ROOT_USERNAME, ['dokployOplogReplay']);
            """;

    private Scripts() {}
}
