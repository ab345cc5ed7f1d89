package io.dokploy.core.pipeline;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.value.EnvironmentValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two specs, for people. Values that may be secret are not shown. */
final class SpecDifference {

    private static final Set<String> DECIDES_IMAGE = Set.of("source", "builder", "buildArgs", "buildSecrets", "pushTo");
    private static final Set<String> MAY_BE_SECRET =
            Set.of("source", "builder", "environment", "buildSecrets", "mounts", "domains");

    private SpecDifference() {}

    /** One line for each field that differs. */
    static List<String> between(ApplicationSpec former, ApplicationSpec now) {
        var lines = new ArrayList<String>();
        for (RecordComponent component : ApplicationSpec.class.getRecordComponents()) {
            var before = value(component, former);
            var after = value(component, now);
            if (!Objects.equals(before, after)) {
                lines.add(
                        MAY_BE_SECRET.contains(component.getName())
                                ? component.getName() + " differs"
                                : component.getName() + ": " + before + " becomes " + after);
            }
        }
        return lines;
    }

    static boolean needsBuild(ApplicationSpec former, ApplicationSpec now) {
        for (RecordComponent component : ApplicationSpec.class.getRecordComponents()) {
            if (DECIDES_IMAGE.contains(component.getName())
                    && !Objects.equals(value(component, former), value(component, now))) {
                return true;
            }
        }
        return false;
    }

    /** The names of variables that differ. */
    static String names(Map<String, EnvironmentValue> former, Map<String, EnvironmentValue> now) {
        var names = new TreeSet<String>();
        names.addAll(former.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Objects.equals(former.get(name), now.get(name)));
        return String.join(", ", names);
    }

    private static Object value(RecordComponent component, ApplicationSpec spec) {
        try {
            return component.getAccessor().invoke(spec);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a component of a public record can be read", e);
        }
    }
}
