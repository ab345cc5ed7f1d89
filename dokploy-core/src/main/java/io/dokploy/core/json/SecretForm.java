package io.dokploy.core.json;

/** How a text that must not be seen stands in JSON. */
interface SecretForm {

    /** Whether plain environment values are treated like secrets. */
    boolean hidesPlainText();

    /** The form of {@code clear}. */
    String write(String clear);

    /**
     * Back from its form.
     *
     * @throws IllegalArgumentException with a message for the user, if it cannot be
     */
    String read(String form);

    /** For people: a mask; what they write is clear, but never the mask itself. */
    static SecretForm masked() {
        return new SecretForm() {
            @Override
            public boolean hidesPlainText() {
                return false;
            }

            @Override
            public String write(String clear) {
                return io.dokploy.api.value.Secret.MASK;
            }

            @Override
            public String read(String form) {
                if (form.equals(io.dokploy.api.value.Secret.MASK)) {
                    throw new IllegalArgumentException("is the mask of a secret, not the secret");
                }
                return form;
            }
        };
    }

    /** For conversions that never leave the memory. */
    static SecretForm clear() {
        return new SecretForm() {
            @Override
            public boolean hidesPlainText() {
                return false;
            }

            @Override
            public String write(String clear) {
                return clear;
            }

            @Override
            public String read(String form) {
                return form;
            }
        };
    }

    /** For the store. */
    static SecretForm encrypted(TextCipher cipher) {
        return new SecretForm() {
            @Override
            public boolean hidesPlainText() {
                return true;
            }

            @Override
            public String write(String clear) {
                return cipher.encrypt(clear);
            }

            @Override
            public String read(String form) {
                return cipher.decrypt(form);
            }
        };
    }
}
