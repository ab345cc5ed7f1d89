package io.dokploy.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Actor;
import io.dokploy.api.NotificationChannel;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier.Action;
import io.dokploy.spi.Notifier.Field;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupNotificationTextTest {

    @ParameterizedTest
    @CsvSource({
        EventType.BACKUP_FAILED + ",TRIGGER,Backup of shop-db failed",
        EventType.BACKUP_MISSED + ",TRIGGER,A backup of shop-db was missed",
        EventType.BACKUP_LATE + ",TRIGGER,A backup of shop-db is late",
        EventType.BACKUP_TOO_SMALL + ",INFORM,A backup of shop-db is much smaller than those before",
        EventType.BACKUP_UNVERIFIED + ",TRIGGER,No backup of shop-db was verified lately",
        EventType.BACKUP_SUCCEEDED + ",RESOLVE,Backup of shop-db succeeded"
    })
    void everyAlertIsToldByDefaultInWords(String type, Action action, String title) {
        var event = event(type);
        assertThat(NotificationChannel.DEFAULT_EVENT_TYPES).contains(type);
        var told = new NotificationText(event).toNotification("d");
        assertThat(told.action()).isEqualTo(action);
        assertThat(told.title()).isEqualTo(title);
        assertThat(told.correlationKey()).isEqualTo("backup:default/production/shop-db");
        assertThat(told.fields()).contains(new Field("Schedule", "nightly"));
        assertThat(told.body()).contains("the disk is full");
    }

    @Test
    void whatIsVerifiedEndsThatNothingIs() {
        assertThat(new NotificationText(event(EventType.BACKUP_VERIFIED))
                        .toNotification("d")
                        .action())
                .isEqualTo(Action.RESOLVE);
    }

    private static Event event(String type) {
        return new Event(
                1,
                "evt_1",
                type,
                1,
                Instant.EPOCH,
                Optional.empty(),
                "default/production/shop-db",
                Actor.system(),
                Severity.ERROR,
                "backup:default/production/shop-db",
                Tree.branch()
                        .put("schedule", "nightly")
                        .put("reason", "the disk is full")
                        .build());
    }
}
