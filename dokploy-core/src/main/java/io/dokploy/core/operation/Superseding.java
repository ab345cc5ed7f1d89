package io.dokploy.core.operation;

/** What a request does to others that still wait. */
public enum Superseding {
    /** Takes the place of waiting ones of the same kind in the same lane. */
    WAITING_OF_SAME_KIND_IN_LANE,
    /** Nothing: it queues behind them. */
    NONE
}
