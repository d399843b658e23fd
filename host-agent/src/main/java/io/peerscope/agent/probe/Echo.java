package io.peerscope.agent.probe;

/**
 * One datagram.
 *
 * @param session of the sender of the question, random, so that nobody can answer who has not seen the question
 * @param sequence counts the questions of a session
 */
record Echo(Kind kind, long session, long sequence) {
    enum Kind {
        QUESTION(1),
        ANSWER(2);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        /** On the wire. */
        byte code() {
            return code;
        }
    }

    Echo answer() {
        return new Echo(Kind.ANSWER, session, sequence);
    }
}
