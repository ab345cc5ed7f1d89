package com.example.dokploy;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.util.regex.Pattern;

/** Which program is run by which Python; by default {@code main.py} by 3.13. Immutable. */
public final class PythonSettings implements PluginSettings {

    static final String ID = "example-python";
    static final int VERSION = 1;

    private static final Pattern MAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_/-]{0,200}\\.py");
    private static final Pattern PYTHON = Pattern.compile("3\\.[0-9]{1,2}");

    private final String main;
    private final String python;

    private PythonSettings(String main, String python, Problems problems) {
        problems.require(MAIN.matcher(main).matches(), "main", "must be the path of a file that ends in .py");
        problems.require(PYTHON.matcher(python).matches(), "python", "must be a version such as 3.13");
        problems.throwIfAny();
        this.main = main;
        this.python = python;
    }

    /** The defaults. */
    public static PythonSettings defaults() {
        return new PythonSettings("main.py", "3.13", Problems.of("settings of " + ID));
    }

    /** Reads settings back; what is unknown is refused. */
    public static PythonSettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        String main = reader.text("main").orElse("main.py");
        String python = reader.text("python").orElse("3.13");
        return new PythonSettings(main, python, reader.problems());
    }

    /** The same with another program, as a path in the source. */
    public PythonSettings main(String path) {
        return new PythonSettings(path, python, Problems.of("settings of " + ID));
    }

    /** The same with another Python, for example {@code 3.12}. */
    public PythonSettings python(String version) {
        return new PythonSettings(main, version, Problems.of("settings of " + ID));
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch().put("main", main).put("python", python).build());
    }

    String main() {
        return main;
    }

    String baseImage() {
        return "python:" + python + "-slim";
    }
}
