package io.dokploy.backup.s3;

import io.dokploy.spi.Progress;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Says when a request is sent again, so that waiting for a server that is silent or refuses does not look like a hang. */
final class AskedAgain implements ExecutionInterceptor {

    private static final ExecutionAttribute<Integer> ATTEMPT = new ExecutionAttribute<>("io.dokploy.attempt");

    private final S3Settings settings;
    private final Progress progress;

    AskedAgain(S3Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        int attempt = Optional.ofNullable(attributes.getAttribute(ATTEMPT)).orElse(0) + 1;
        attributes.putAttribute(ATTEMPT, attempt);
        if (attempt > 1) {
            progress.line("The bucket " + settings.bucket() + " did not answer as it should and is asked again: "
                    + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME) + ", attempt " + attempt + " of "
                    + settings.attempts());
        }
    }
}
