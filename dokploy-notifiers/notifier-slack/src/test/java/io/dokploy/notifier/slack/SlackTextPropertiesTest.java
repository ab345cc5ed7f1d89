package io.dokploy.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SlackTextPropertiesTest {

    @Property
    void noTextIsTooLongOrCanMentionAnybody(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 40) int most) {
        String sent = SlackText.of(text, most);

        assertThat(sent.length()).isLessThanOrEqualTo(most);
        assertThat(sent).doesNotContain("<", ">");
        assertThat(sent.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
        assertThat(sent.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Property
    void whatFitsIsReadAsItWas(@ForAll("texts") String text) {
        String read = SlackText.of(text, 1000)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");

        assertThat(read).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "<", ">", "&", "<!channel>", "&lt;", "😀", "ü", "\n", "<@U1>", "|", "*")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
