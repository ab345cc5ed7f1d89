package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void aNameMayHoldAnythingButALineEnd() {
        assertThat(Counts.parse("public.orders\t3\n\"odd; name\"\twith a tab\t0\n\n"))
                .isEqualTo(Map.of("public.orders", 3L, "\"odd; name\"\twith a tab", 0L));
        assertThatThrownBy(() -> Counts.parse("ERROR: nothing")).hasMessageContaining("ERROR: nothing");
    }

    @Test
    void aCarriageReturnEndsNoLine() {
        assertThat(Counts.parse("two\rlines\t3\n")).isEqualTo(Map.of("two\rlines", 3L));
    }

    @Test
    void tablesOfAFurtherDatabaseHaveItsNameAndAreStillNotComparedIfTheyMayChange() {
        assertThat(Counts.of("sales", Map.of("public.orders", 3L, "~keys", 1L)))
                .isEqualTo(Map.of("sales: public.orders", 3L, "~sales: keys", 1L));
    }

    @Test
    void eachKindOfDifferenceIsSaid() {
        assertThat(Counts.differences(Map.of("a", 1L, "b", 2L, "c", 3L), Map.of("a", 1L, "b", 1L, "d", 0L)))
                .containsExactly("b has 1 rows instead of 2", "c is missing", "d is new");
    }

    @Test
    void whatMayChangeByItselfIsNotCompared() {
        assertThat(Counts.differences(Map.of("~a", 3L, "~b", 1L, "c", 1L), Map.of("~a", 2L, "b", 9L, "~c", 7L)))
                .isEmpty();
        assertThat(Counts.inWords(Map.of("~a", 3L, "b", 1L, "c", 2L))).isEqualTo("2 tables with 3 rows");
    }

    @Test
    void aLongListOfDifferencesIsCutOff() {
        var many = IntStream.range(0, 500).boxed().collect(Collectors.toMap(i -> "t" + i, i -> 1L));
        assertThat(Counts.differences(many, Map.of())).hasSize(10);
    }
}
