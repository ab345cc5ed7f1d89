package io.dokploy.core.store;

/** Somebody else was faster: the transaction is to be done again from its begin, and will find what that one has done. */
final class RepeatTransactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RepeatTransactionException(Throwable cause) {
        super("The transaction has to be repeated", cause);
    }
}
