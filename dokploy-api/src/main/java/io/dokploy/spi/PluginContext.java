package io.dokploy.spi;

import io.dokploy.spi.engine.ContainerEngine;
import java.net.http.HttpClient;
import java.time.Clock;

/**
 * What a plugin is given for one call. Valid during that call only; what it opened is closed afterwards.
 */
public interface PluginContext {

    /** The engine of the server that this call is about. */
    ContainerEngine engine();

    /** A private directory on the machine of this JVM; made on the first call, gone after the plugin's call. */
    Workspace workspace();

    /** A folder that is kept between calls, locked for this plugin while the call lasts. */
    CacheFolder cache(String name);

    /** Starts programs. */
    Processes processes();

    /** Talks HTTP with the host's proxy and certificate authorities; follows no redirects. */
    HttpClient http();

    /** The JSON form of any value of the API. */
    Json json();

    /** The logins for image registries. */
    RegistryLogins registries();

    /** Tells the user what is going on. */
    Progress progress();

    /** Says when to give up. */
    CancelToken cancelToken();

    /** The time. */
    Clock clock();
}
