package io.dokploy.core.acceptance;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A host application that deploys and is killed for it. Arguments: directory, ports, JDBC URL of the store or "embedded",
 * name of the application, the step at which the engine is held or "-", "deploy" or "rollback". Says "held" when it is
 * there; goes on when a line comes in; ends with its input.
 */
final class DeployingProgram {

    private DeployingProgram() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var stores = new Stores(arguments[3], directory);
        var step = arguments[5];
        var gate = new StepGate(directory.resolve("child-builds"));
        var site = new Site(
                directory,
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                builder -> stores.apply(step.equals("-") ? builder : builder.engine(gate.engine())));
        if (!step.equals("-")) {
            gate.of(site.dokploy()).close(step);
        }
        if (arguments[6].equals("rollback")) {
            site.applications().rollback(arguments[4]);
        } else {
            site.applications().deploy(arguments[4]);
        }
        System.out.println("asked");
        if (!step.equals("-")) {
            gate.awaitReached();
            System.out.println("held");
            awaitLine();
            gate.open();
            System.out.println("goes on");
        }
        awaitLine();
        site.stop();
        System.out.println("ended");
    }

    private static void awaitLine() throws IOException {
        for (int c = System.in.read(); c != '\n'; c = System.in.read()) {
            if (c < 0) {
                System.exit(1);
            }
        }
    }
}
