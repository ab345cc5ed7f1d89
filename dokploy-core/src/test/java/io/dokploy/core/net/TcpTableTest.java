package io.dokploy.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TcpTableTest {

    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
               1: 0307D20A:0BB8 0207D20A:C350 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
               2: 0307D20A:9C40 0507D20A:1538 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
               3: 0307D20A:0BB8 0207D20A:C351 06 00000000:00000000 00:00000000 00000000     0        0 0 3 0
            """;

    private static final String TABLE6 = """
              sl  local_address                         remote_address                        st
               0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0 0
               1: 0000000000000000FFFF00000307D20A:1F90 0000000000000000FFFF00000207D20A:C352 01 0 0
            """;

    @Test
    void countsWhatOthersOpenedAndNotWhatWasOpenedToOthers() {
        assertThat(TcpTable.parse(TABLE).accepted()).isEqualTo(1);
    }

    @Test
    void readsAddressesAndPorts() {
        assertThat(TcpTable.parse(TABLE).established())
                .contains(new TcpTable.Connection("10.210.7.3", 3000, "10.210.7.2", 50000));
    }

    @Test
    void readsMappedAddressesOfIPv6() {
        assertThat(TcpTable.parse(TABLE + TABLE6).established())
                .contains(new TcpTable.Connection("10.210.7.3", 8080, "10.210.7.2", 50002));
        assertThat(TcpTable.parse(TABLE + TABLE6).accepted()).isEqualTo(2);
    }

    @Test
    void whatIsAboutToBeOpenedCountsAsLeadingThere() {
        var opening = TABLE.replace("0507D20A:1538 01", "0507D20A:1538 02");
        assertThat(TcpTable.parse(opening).leadingTo(List.of("10.210.7.5"))).isEqualTo(1);
        assertThat(TcpTable.parse(TABLE + TABLE6).leadingTo(List.of("10.210.7.2", "10.210.7.5")))
                .isEqualTo(3);
        assertThat(TcpTable.parse(TABLE + TABLE6).leadingTo(List.of("10.210.7.3", "0.0.0.0")))
                .isZero();
    }

    @Test
    void anythingElseIsPassedOver() {
        assertThat(TcpTable.parse("cat: /proc/net/tcp6: No such file\n\n: : :\n")
                        .established())
                .isEmpty();
    }
}
