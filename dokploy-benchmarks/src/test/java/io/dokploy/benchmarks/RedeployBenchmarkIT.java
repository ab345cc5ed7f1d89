package io.dokploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.benchmarks.Figures.Case;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No worse than docs/performance.md says, which also says what is aimed at. */
@Tag("long")
class RedeployBenchmarkIT {

    @Test
    void aBigRepositoryIsRedeployedFasterThanByAScript() throws Exception {
        var figures = RedeployBenchmark.run(Workload.BIG, 7);
        RedeployBenchmark.print(Workload.BIG, figures);
        assertThat(figures.ratio(Case.COMMIT)).isLessThanOrEqualTo(0.65);
        assertThat(figures.ratio(Case.CONFIGURATION)).isLessThanOrEqualTo(0.3);
        assertThat(figures.ratio(Case.ROLLBACK)).isLessThanOrEqualTo(0.3);
        assertThat(figures.ratio(Case.NOTHING)).isLessThanOrEqualTo(0.1);
    }

    @Test
    void aTinyRepositoryIsRedeployedAboutAsFastAsByAScript() throws Exception {
        var figures = RedeployBenchmark.run(Workload.TINY, 9);
        RedeployBenchmark.print(Workload.TINY, figures);
        assertThat(figures.ratio(Case.COMMIT)).isLessThanOrEqualTo(0.95);
        assertThat(figures.ratio(Case.CONFIGURATION)).isLessThanOrEqualTo(0.75);
        assertThat(figures.ratio(Case.ROLLBACK)).isLessThanOrEqualTo(0.75);
        assertThat(figures.ratio(Case.NOTHING)).isLessThanOrEqualTo(0.2);
    }
}
