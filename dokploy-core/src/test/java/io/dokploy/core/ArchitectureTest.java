package io.dokploy.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom, as the package-infos say. */
class ArchitectureTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.dokploy");

    private static final JavaClasses CORE = ALL.that(resideInAPackage("io.dokploy.core.."));

    @Test
    void thePackagesOfTheEngineRoomHaveNoCycles() {
        slices().matching("io.dokploy.core.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void deployDockerAndTraefikDoNotKnowEachOther() {
        for (String one : List.of("deploy", "docker", "traefik")) {
            String[] others =
                    List.of("deploy", "docker", "traefik", "pipeline", "store", "operation", "notify").stream()
                            .filter(name -> !name.equals(one))
                            .map(name -> "io.dokploy.core." + name + "..")
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.dokploy.core." + one + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CORE);
        }
    }

    @Test
    void thePipelineReachesEngineAndRouterThroughTheirInterfacesOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.dokploy.core.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dokploy.core.docker..", "io.dokploy.core.traefik..", "io.dokploy.core.notify..")
                .check(CORE);
    }

    @Test
    void allSqlIsInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.dokploy.core.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "com.zaxxer..", "org.h2..")
                .check(CORE);
    }

    @Test
    void theApiKnowsJspecifyAndSlf4jOnly() {
        classes()
                .that()
                .resideInAnyPackage("io.dokploy.api..", "io.dokploy.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "javax..", "io.dokploy.api..", "io.dokploy.spi..", "org.jspecify..", "org.slf4j..")
                .check(ALL);
    }

    @Test
    void pluginsDoNotKnowTheCore() {
        noClasses()
                .that()
                .resideInAnyPackage("io.dokploy.builder..", "io.dokploy.notifier..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dokploy.core..")
                .check(ALL);
    }

    @Test
    void whatAHostSeesOfTheCoreNamesNoLibrary() {
        classes()
                .that(resideInAPackage("io.dokploy.core")
                        .and(DescribedPredicate.describe(
                                "are public", type -> type.getModifiers().contains(JavaModifier.PUBLIC))))
                .should(haveSignaturesOf("java..", "javax..", "io.dokploy..", "org.jspecify.."))
                .check(CORE);
    }

    private static ArchCondition<JavaClass> haveSignaturesOf(String... packages) {
        var allowed = JavaClass.Predicates.resideInAnyPackage(packages);
        return new ArchCondition<>("name only types of " + String.join(", ", packages)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMember member : type.getMembers()) {
                    if (!member.getModifiers().contains(JavaModifier.PUBLIC)) {
                        continue;
                    }
                    for (JavaClass named : named(member)) {
                        JavaClass base = named.getBaseComponentType();
                        if (!base.isPrimitive() && !allowed.test(base)) {
                            events.add(SimpleConditionEvent.violated(
                                    member, member.getFullName() + " names " + base.getName()));
                        }
                    }
                }
            }
        };
    }

    private static List<JavaClass> named(JavaMember member) {
        var all = new ArrayList<JavaClass>();
        member.getAllInvolvedRawTypes().forEach(all::add);
        if (member instanceof JavaCodeUnit unit) {
            unit.getThrowsClause().getTypes().forEach(all::add);
        }
        return all;
    }
}
