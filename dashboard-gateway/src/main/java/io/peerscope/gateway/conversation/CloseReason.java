package io.peerscope.gateway.conversation;

/** Why we end a connection, with the WebSocket close code that tells the client. */
public enum CloseReason {
    GOING_AWAY((short) 1001, "the gateway stops"),
    CREDENTIAL_ENDED((short) 4001, "the credential was revoked, has expired or has another role now"),
    NOT_READING((short) 4008, "frames were not read"),
    LIMIT_EXCEEDED((short) 4009, "a limit of this connection was exceeded"),
    NO_PONG((short) 4010, "pings were not answered");

    private final short code;
    private final String text;

    CloseReason(short code, String text) {
        this.code = code;
        this.text = text;
    }

    public short code() {
        return code;
    }

    public String text() {
        return text;
    }
}
