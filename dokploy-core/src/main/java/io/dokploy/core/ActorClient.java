package io.dokploy.core;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Authorizer;
import io.dokploy.api.Backups;
import io.dokploy.api.Client;
import io.dokploy.api.Databases;
import io.dokploy.api.Maintenance;
import io.dokploy.api.Notifications;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.Operations;
import io.dokploy.api.Projects;
import io.dokploy.api.Registries;
import io.dokploy.api.error.ForbiddenException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.pipeline.Requests;
import java.time.Duration;
import java.util.List;

/** What one actor can do; asks the host's authorizer before each request. */
final class ActorClient implements Client {

    private final RunningParts running;
    private final Authorizer authorizer;
    private final Actor actor;

    ActorClient(RunningParts running, Authorizer authorizer, Actor actor) {
        this.running = running;
        this.authorizer = authorizer;
        this.actor = actor;
    }

    RunningParts running() {
        return running;
    }

    Actor actor() {
        return actor;
    }

    void require(String action, String subject) {
        if (!authorizer.allows(actor, action, subject)) {
            throw new ForbiddenException(
                    subject, actor.name() + " may not " + action, "Ask somebody who may, or change the host's rules.");
        }
    }

    @Override
    public Applications applications(String project, String environment) {
        running.store().projects().environment(project, environment);
        return new EnvironmentApplications(this, project, environment);
    }

    @Override
    public Databases databases(String project, String environment) {
        running.store().projects().environment(project, environment);
        return new EnvironmentDatabases(this, project, environment);
    }

    @Override
    public Backups backups(String project, String environment) {
        running.store().projects().environment(project, environment);
        return new EnvironmentBackups(this, project, environment);
    }

    @Override
    public Projects projects() {
        return new StoredProjects(this);
    }

    @Override
    public Operations operations() {
        return new Operations() {
            @Override
            public Operation<?> get(OperationId id) {
                require("operation.read", id.value());
                return running.queue().get(id);
            }

            @Override
            public List<OperationRecord> list(int limit) {
                require("operation.read", "instance");
                return running.queue().list(limit);
            }
        };
    }

    @Override
    public Registries registries() {
        var table = running.store().registries();
        return new Registries() {
            @Override
            public void put(RegistryCredentials credentials) {
                require("registry.update", credentials.host());
                table.put(credentials);
            }

            @Override
            public List<String> hosts() {
                require("registry.read", "instance");
                return table.hosts();
            }

            @Override
            public void remove(String host) {
                require("registry.update", host);
                table.remove(host);
            }
        };
    }

    @Override
    public Notifications notifications() {
        return new Notifications() {
            @Override
            public List<ChannelStatus> channels() {
                require("notification.read", "instance");
                return running.notifications().channels();
            }

            @Override
            public TestResult test(String channel) {
                require("notification.test", channel);
                return running.notifications().test(channel, actor);
            }
        };
    }

    @Override
    public Maintenance maintenance() {
        return new Maintenance() {
            @Override
            public Operation<Repairs> reconcile() {
                return submit(Requests.RECONCILE, Repairs.class);
            }

            @Override
            public Operation<Pruned> pruneImages() {
                return submit(Requests.PRUNE_IMAGES, Pruned.class);
            }

            @Override
            public Operation<Pruned> pruneBuildCache() {
                return submit(Requests.PRUNE_BUILD_CACHE, Pruned.class);
            }

            @Override
            public Operation<Void> rotateKey() {
                return submit(Requests.ROTATE_KEY, Void.class);
            }

            @Override
            public Operation<Repairs> uninstall() {
                return submit(Requests.UNINSTALL, Repairs.class);
            }
        };
    }

    private <T> Operation<T> submit(String kind, Class<T> result) {
        require("maintenance." + kind, "instance");
        return running.queue()
                .submit(OperationRequest.of(
                        kind, "instance", "instance", actor, Tree.branch().build(), result, Duration.ofHours(1)));
    }
}
