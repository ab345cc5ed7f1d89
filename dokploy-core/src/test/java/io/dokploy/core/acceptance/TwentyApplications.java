package io.dokploy.core.acceptance;

import io.dokploy.api.Operation;
import io.dokploy.api.release.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A program that deploys twenty applications at once and ends with 0 if all of them are served. */
final class TwentyApplications {

    static final int COUNT = 20;

    private TwentyApplications() {}

    public static void main(String[] arguments) {
        var directory = Path.of(arguments[0]);
        try (var repository = new TestRepository(directory.resolve("repository"));
                var site = new Site(directory.resolve("site"))) {
            repository.commit("1");
            List<String> names = IntStream.rangeClosed(1, COUNT)
                    .mapToObj(number -> "app" + number)
                    .toList();
            names.forEach(name ->
                    site.applications().create(Site.app(name, repository).build()));
            List<Operation<Release>> deployments = new ArrayList<>();
            names.forEach(name -> deployments.add(site.applications().deploy(name)));
            deployments.forEach(deployment -> deployment.await(Site.PATIENCE));
            long served = names.stream()
                    .filter(name -> site.get(name + ".localhost", "/").version().equals("1"))
                    .count();
            System.out.println(
                    served + " served, largest heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
            if (served != COUNT) {
                throw new IllegalStateException("not all are served");
            }
        }
    }
}
