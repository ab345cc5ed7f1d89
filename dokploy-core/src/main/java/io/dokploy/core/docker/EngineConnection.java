package io.dokploy.core.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes to and from the engine. One thread may read while another writes; closing, by any, ends both. */
interface EngineConnection extends Closeable {

    InputStream in();

    OutputStream out();

    /** The end of what we send; what the engine sends can still be read. */
    void shutdownOutput() throws IOException;
}
