package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.SupersededException;
import io.dokploy.api.release.Release;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.core.variables.Variables;
import io.dokploy.spi.Router.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what a deployment is about, and finds early what would make it fail late. */
final class ResolveWish {

    Wish run(Job job, DeployArguments arguments) {
        var spec = job.application().spec();
        job.mask(secrets(job, spec));
        var environment = environment(job.platform(), job.application());
        job.mask(environment.values());
        checkRoutes(job.platform(), job.application());
        var commit = commit(job, spec, arguments);
        return new Wish(spec, environment, commit, arguments.force());
    }

    static Map<String, EnvironmentValue> environment(Platform platform, Application application) {
        var projects = platform.store().projects();
        return Variables.resolve(
                projects.get(application.project()).variables(),
                projects.environment(application.project(), application.environment())
                        .variables(),
                application.spec().environment(),
                platform.connections().values(application.project(), application.environment()));
    }

    static void checkRoutes(Platform platform, Application application) {
        platform.router()
                .check(new Routes(
                        platform.ref(application), 0, 0, application.spec().domains(), List.of(), List.of()));
    }

    private static List<EnvironmentValue> secrets(Job job, ApplicationSpec spec) {
        var secrets = new ArrayList<EnvironmentValue>(spec.buildSecrets().values());
        spec.domains().forEach(domain -> domain.basicAuth().forEach(user -> secrets.add(user.password())));
        job.context().registries().all().forEach(login -> secrets.add(login.password()));
        if (spec.source() instanceof GitSource git) {
            git.credentials().ifPresent(credentials -> {
                if (credentials instanceof GitCredentials.Basic basic) {
                    secrets.add(basic.password());
                } else if (credentials instanceof GitCredentials.SshKey key) {
                    secrets.add(key.privateKey());
                    key.passphrase().ifPresent(secrets::add);
                }
            });
        }
        return secrets;
    }

    private static Optional<String> commit(Job job, ApplicationSpec spec, DeployArguments arguments) {
        if (!(spec.source() instanceof GitSource git)) {
            return Optional.empty();
        }
        var sources = job.platform().sources();
        var wanted =
                arguments.commit().or(() -> sources.resolve(git, job.context().cancelToken()));
        var live = job.application()
                .live()
                .flatMap(id -> job.platform().store().releases().find(id))
                .flatMap(Release::commit);
        if (arguments.commit().isPresent() && live.isPresent() && !arguments.allowOlder()) {
            refuseOlder(job, git, arguments.commit().get(), live.get());
        }
        return wanted;
    }

    private static void refuseOlder(Job job, GitSource git, String wanted, Release.Commit live) {
        if (!wanted.equals(live.id()) && job.platform().sources().isAncestor(git, wanted, live.id())) {
            throw new SupersededException(
                    job.ref().subject(),
                    "commit " + wanted + " is older than the live one, " + live.id(),
                    "Roll back, or ask for it with allowingOlder().");
        }
    }
}
