package io.dokploy.api.error;

import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** From the code of a stored failure back to its exception type. */
final class KnownFailures {

    private static final Map<String, BiFunction<Failure, @Nullable Throwable, DokployException>> TYPES = Map.ofEntries(
            Map.entry(AccessDeniedException.CODE, AccessDeniedException::new),
            Map.entry(AlreadyExistsException.CODE, AlreadyExistsException::new),
            Map.entry(BackupDamagedException.CODE, BackupDamagedException::new),
            Map.entry(BackupNotVerifiedException.CODE, BackupNotVerifiedException::new),
            Map.entry(BackupKeyException.CODE, BackupKeyException::new),
            Map.entry(BuildFailedException.CODE, BuildFailedException::new),
            Map.entry(BuildKitRequiredException.CODE, BuildKitRequiredException::new),
            Map.entry(CancelledException.CODE, CancelledException::new),
            Map.entry(CertificateException.CODE, CertificateException::new),
            Map.entry(ContainerExitedException.CODE, ContainerExitedException::new),
            Map.entry(DeadlineException.CODE, DeadlineException::new),
            Map.entry(DockerfileNotFoundException.CODE, DockerfileNotFoundException::new),
            Map.entry(DomainTakenException.CODE, DomainTakenException::new),
            Map.entry(EngineUnavailableException.CODE, EngineUnavailableException::new),
            Map.entry(EngineVersionException.CODE, EngineVersionException::new),
            Map.entry(FencedException.CODE, FencedException::new),
            Map.entry(ForbiddenException.CODE, ForbiddenException::new),
            Map.entry(HostKeyException.CODE, HostKeyException::new),
            Map.entry(ImageNotFoundException.CODE, ImageNotFoundException::new),
            Map.entry(InUseException.CODE, InUseException::new),
            Map.entry(InsufficientDiskException.CODE, InsufficientDiskException::new),
            Map.entry(InsufficientMemoryException.CODE, InsufficientMemoryException::new),
            Map.entry(LogGapException.CODE, LogGapException::new),
            Map.entry(NoBuilderException.CODE, NoBuilderException::new),
            Map.entry(NotFoundException.CODE, NotFoundException::new),
            Map.entry(NotRunningException.CODE, NotRunningException::new),
            Map.entry(PluginMissingException.CODE, PluginMissingException::new),
            Map.entry(PreSwitchCommandException.CODE, PreSwitchCommandException::new),
            Map.entry(RegistryUnavailableException.CODE, RegistryUnavailableException::new),
            Map.entry(RouterNotUpdatedException.CODE, RouterNotUpdatedException::new),
            Map.entry(RouterSetupException.CODE, RouterSetupException::new),
            Map.entry(ShutDownException.CODE, ShutDownException::new),
            Map.entry(SourceNotFoundException.CODE, SourceNotFoundException::new),
            Map.entry(SourceUnavailableException.CODE, SourceUnavailableException::new),
            Map.entry(StaleVersionException.CODE, StaleVersionException::new),
            Map.entry(StoreUnavailableException.CODE, StoreUnavailableException::new),
            Map.entry(SupersededException.CODE, SupersededException::new),
            Map.entry(TooLateToCancelException.CODE, TooLateToCancelException::new),
            Map.entry(UnhealthyException.CODE, UnhealthyException::new),
            Map.entry(UnsafeSourceException.CODE, UnsafeSourceException::new),
            Map.entry(VariableException.CODE, VariableException::new),
            Map.entry(WrongKeyException.CODE, WrongKeyException::new));

    private KnownFailures() {}

    static DokployException toException(Failure failure, @Nullable Throwable cause) {
        var type = TYPES.get(failure.code());
        if (type != null) {
            return type.apply(failure, cause);
        }
        if (failure.code().equals(InvalidSpecException.CODE)) {
            return new InvalidSpecException(failure);
        }
        return switch (failure.category()) {
            case USER -> new UserErrorException(failure, cause);
            case TEMPORARY -> new TemporaryException(failure, cause);
            case DEFECT -> new DefectException(failure, cause);
        };
    }
}
