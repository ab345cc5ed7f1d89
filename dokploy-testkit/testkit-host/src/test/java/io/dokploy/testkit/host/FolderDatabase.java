package io.dokploy.testkit.host;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpsInParallel;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.util.List;
import java.util.Optional;

/** The same engine as {@link FileDatabase}, whose tools dump by two connections into a folder. */
final class FolderDatabase extends FileDatabase implements DumpsInParallel {

    @Override
    public int jobs(DatabaseSpec spec, long bytes, int processors) {
        return Math.min(2, processors);
    }

    @Override
    public EngineCommand size(Login login) {
        return EngineCommand.of("echo", "4711");
    }

    @Override
    public Optional<DumpPart> intoFolder(DumpPart part, String folder, int jobs) {
        var script =
                "mkdir " + folder + " && " + String.join(" ", part.command().arguments()) + " >" + folder + "/rows";
        var command = part.command().arguments(List.of("sh", "-c", script));
        return Optional.of(new DumpPart(part.name(), "rowdir", command, part.compression(), part.database()));
    }

    @Override
    public EngineCommand restoreFolder(String part, String version, Login login, String folder, int jobs) {
        return at(login, "load", folder + "/rows");
    }
}
