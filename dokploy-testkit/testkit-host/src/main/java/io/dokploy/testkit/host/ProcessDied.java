package io.dokploy.testkit.host;

/** What a thread sees that goes on working after its process has died. Nothing may catch it and go on. */
final class ProcessDied extends Error {

    ProcessDied() {
        super("the test let this process die");
    }
}
