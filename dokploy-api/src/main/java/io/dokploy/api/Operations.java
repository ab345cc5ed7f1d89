package io.dokploy.api;

import java.util.List;

/** Operations, whoever runs them. Thread-safe. */
public interface Operations {

    /** The operation of that id, with whatever result it has, or {@link io.dokploy.api.error.NotFoundException}. */
    Operation<?> get(OperationId id);

    /** The newest, newest first. */
    List<OperationRecord> list(int limit);
}
