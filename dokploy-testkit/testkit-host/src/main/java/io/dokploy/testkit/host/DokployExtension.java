package io.dokploy.testkit.host;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has a parameter of type {@link TestDokploy} one of its own, started, and closes it afterwards:
 *
 * <pre>{@code
 * @ExtendWith(DokployExtension.class)
 * class ShopTest {
 *     @Test
 *     void shopIsServed(TestDokploy dokploy) {...}
 * }
 * }</pre>
 *
 * For settings: {@code @RegisterExtension static final DokployExtension DOKPLOY = DokployExtension.with(...)}.
 */
public final class DokployExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(DokployExtension.class);

    private final UnaryOperator<TestDokploy.Builder> settings;

    /** With all defaults. */
    public DokployExtension() {
        this(UnaryOperator.identity());
    }

    private DokployExtension(UnaryOperator<TestDokploy.Builder> settings) {
        this.settings = settings;
    }

    /** With these settings. */
    public static DokployExtension with(UnaryOperator<TestDokploy.Builder> settings) {
        return new DokployExtension(settings);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDokploy.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var dokploy = settings.apply(TestDokploy.builder()).start();
        context.getStore(NAMESPACE).put(TestDokploy.class, dokploy);
        return dokploy;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var dokploy = context.getStore(NAMESPACE).remove(TestDokploy.class, TestDokploy.class);
        if (dokploy != null) {
            dokploy.close();
        }
    }
}
