package io.dokploy.core.backup;

import io.dokploy.api.Application;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.release.Release;
import io.dokploy.spi.CancelToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The image of an application's live release. It is read by its id: a name may have moved on. */
final class ImageDump implements Dump {

    static final String LAYERS = "layers";

    private final BackupJob job;
    private final Application application;
    private final Release live;

    private ImageDump(BackupJob job, Application application, Release live) {
        this.job = job;
        this.application = application;
        this.live = live;
    }

    /** @throws NotRunningException if it has no live release */
    static ImageDump of(BackupJob job, Application application) {
        var live = application
                .live()
                .flatMap(id -> job.platform().store().releases().find(id))
                .orElseThrow(() -> new NotRunningException(
                        job.platform().ref(application).subject(),
                        "it has no live release whose image could be backed up",
                        "Deploy it first."));
        return new ImageDump(job, application, live);
    }

    @Override
    public Source source() {
        return new Source(
                Kind.IMAGE,
                application.project(),
                application.environment(),
                application.name(),
                "image",
                live.image().tag());
    }

    @Override
    public Contents writeTo(BackupDraft draft) throws IOException {
        var id = live.image().id();
        var layers = new AtomicInteger();
        draft.write("image", "tar", stream -> layers.set(copy(id, stream)));
        return new Contents(id, Map.of(LAYERS, (long) layers.get()), true);
    }

    /** @return how many layers it has */
    private int copy(String id, OutputStream stream) throws IOException {
        var saved = new Copied(job.platform().engine().saveImage(id), stream);
        try (saved) {
            return SavedImage.layers(new Cancellable(saved, job.context().cancelToken()), id);
        } catch (IOException e) {
            if (!saved.isTaken()) {
                throw e;
            }
            throw new TemporaryException(
                    Failure.temporary(
                            "image-not-read",
                            source().subject(),
                            "the engine did not give all of its image " + id + ": " + e.getMessage(),
                            "Look whether the engine runs, and try again."),
                    e);
        }
    }

    /** Each read looks whether somebody has cancelled. */
    private static final class Cancellable extends FilterInputStream {
        private final CancelToken cancelToken;

        Cancellable(InputStream source, CancelToken cancelToken) {
            super(source);
            this.cancelToken = cancelToken;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            cancelToken.throwIfCancelled();
            return in.read(buffer, offset, length);
        }
    }
}
