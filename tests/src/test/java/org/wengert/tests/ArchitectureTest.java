package org.wengert.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the layout of the house: arrows between modules and packages point one way only. */
class ArchitectureTest {

    private static final String HOUSE = "org.wengert.";

    private static final JavaClasses EVERYTHING = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.wengert");

    /** Modules, and the modules each may use. Nothing may use the command line or the test kit. */
    private static final Map<String, Set<String>> MODULES = Map.of(
            "core", Set.of(),
            "linalg", Set.of("core"),
            "hessian", Set.of("core", "linalg"),
            "gpu", Set.of("core"),
            "cli", Set.of("core", "linalg", "hessian", "gpu"),
            "testkit", Set.of("core"));

    /** Rooms of core, from the lowest to the highest: each may use only those before it. */
    private static final List<String> ROOMS = List.of(
            "elementary", "formula", "scalar", "numeric", "program", "transform", "simd", "engine", "batch");

    /** The highest room below the root package of core, which holds the entry points. */
    private static final String LAST_BELOW_ROOT = "numeric";

    static Set<String> modules() {
        return new TreeSet<>(MODULES.keySet());
    }

    static List<String> rooms() {
        return ROOMS;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyTheModulesBelowIt(String module) {
        String[] forbidden = MODULES.keySet().stream()
                .filter(other -> !other.equals(module) && !MODULES.getOrDefault(module, Set.of()).contains(other))
                .map(other -> HOUSE + other + "..")
                .toArray(String[]::new);
        noClasses().that().resideInAPackage(HOUSE + module + "..")
                .should().dependOnClassesThat().resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(EVERYTHING);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomOfCoreUsesOnlyTheRoomsBelowIt(String room) {
        int level = ROOMS.indexOf(room);
        var forbidden = new ArrayList<String>();
        for (String higher : ROOMS.subList(level + 1, ROOMS.size())) {
            forbidden.add(HOUSE + "core." + higher + "..");
        }
        if (level <= ROOMS.indexOf(LAST_BELOW_ROOT)) {
            forbidden.add("org.wengert.core");
        }
        noClasses().that().resideInAPackage(HOUSE + "core." + room + "..")
                .should().dependOnClassesThat().resideInAnyPackage(forbidden.toArray(new String[0]))
                .allowEmptyShould(true)
                .check(EVERYTHING);
    }

    @Test
    void everyPackageIsAKnownModuleOrRoom() {
        var unknown = new TreeSet<String>();
        for (JavaClass c : EVERYTHING) {
            String[] names = c.getPackageName().substring(HOUSE.length()).split("\\.", -1);
            boolean known = MODULES.containsKey(names[0])
                    && (!names[0].equals("core") || names.length == 1 || ROOMS.contains(names[1]));
            if (!known) {
                unknown.add(c.getPackageName());
            }
        }
        assertEquals(Set.of(), unknown, "packages without a rule");
    }

    /** The entry points may hand work to any room, as long as that room does not point back. */
    @Test
    void noRoomUsesTheEntryPointsThatUseIt() {
        var used = new TreeSet<String>();
        var users = new TreeSet<String>();
        for (JavaClass c : EVERYTHING) {
            c.getDirectDependenciesFromSelf().forEach(d -> {
                String from = c.getPackageName();
                String to = d.getTargetClass().getBaseComponentType().getPackageName();
                if (from.equals("org.wengert.core") && to.startsWith("org.wengert.core.")) {
                    used.add(to);
                }
                if (to.equals("org.wengert.core") && from.startsWith("org.wengert.core.")) {
                    users.add(from);
                }
            });
        }
        used.retainAll(users);
        assertEquals(Set.of(), used, "packages that both use the root package of core and are used by it");
    }

    /** But for the one line which says that there are no vectors. */
    @Test
    void librariesNeitherPrintNorLog() {
        String[] libraries = {"org.wengert.core..", "org.wengert.linalg..", "org.wengert.hessian..", "org.wengert.gpu.."};
        noClasses().that().resideInAnyPackage(libraries).should(ACCESS_STANDARD_STREAMS).check(EVERYTHING);
        noClasses().that().resideInAnyPackage(libraries).should(USE_JAVA_UTIL_LOGGING).check(EVERYTHING);
        noClasses().that().resideInAnyPackage(libraries).and().doNotHaveFullyQualifiedName("org.wengert.core.simd.Choice")
                .should().dependOnClassesThat().belongToAnyOf(System.Logger.class)
                .check(EVERYTHING);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = new ArrayList<>();
        Set<JavaPackage> packages = EVERYTHING.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
        for (JavaPackage p : packages) {
            if (!p.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(p.getName());
            }
        }
        assertTrue(packages.size() >= MODULES.size(), "packages found: " + packages);
        assertEquals(List.of(), unmarked, "packages without @NullMarked in their package-info");
    }

    @Test
    void nobodyCanExtendAPublicClassOfCore() {
        classes().that().resideInAPackage("org.wengert.core..").and().arePublic()
                .should(beClosed())
                .check(EVERYTHING);
    }

    private static ArchCondition<JavaClass> beClosed() {
        return new ArchCondition<>("be final, sealed, a record, an enum or an interface") {
            @Override
            public void check(JavaClass c, ConditionEvents events) {
                boolean closed = c.isInterface() || c.isRecord() || c.isEnum()
                        || c.getModifiers().contains(JavaModifier.FINAL) || c.reflect().isSealed();
                events.add(new SimpleConditionEvent(c, closed, c.getName() + " can be extended by anyone"));
            }
        };
    }
}
