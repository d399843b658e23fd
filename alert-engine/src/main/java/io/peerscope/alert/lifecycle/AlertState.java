package io.peerscope.alert.lifecycle;

/** Where one rule stands on one subject. */
public sealed interface AlertState {

    /** All is well: nothing is kept of it. */
    record Quiet() implements AlertState {
        static final Quiet QUIET = new Quiet();
    }

    /** Every state that must survive a restart. */
    sealed interface Kept extends AlertState {
        Episode episode();

        /** The newest sample that was judged. */
        Sample last();
    }

    /** An alert that people may see. */
    sealed interface Open extends Kept {
        Levels levels();

        Open with(Episode newEpisode);
    }

    /** A limit is broken, none for the whole duration yet. */
    record Pending(Episode episode, Levels levels, Sample last) implements Open {
        @Override
        public Pending with(Episode newEpisode) {
            return new Pending(newEpisode, levels, last);
        }
    }

    record Firing(Episode episode, Levels levels, Sample last) implements Open {
        @Override
        public Firing with(Episode newEpisode) {
            return new Firing(newEpisode, levels, last);
        }
    }

    /**
     * The subject sends nothing and the rule calls that an alert.
     *
     * @param levels those that fired when it fell silent; none if the silence itself began the episode
     */
    record Silent(Episode episode, Levels levels, Sample last) implements Open {
        @Override
        public Silent with(Episode newEpisode) {
            return new Silent(newEpisode, levels, last);
        }
    }

    /**
     * It is over, but it is remembered how often it came on lately.
     *
     * @param episode the last one
     * @param last the newest sample that was seen; in the store it may lag behind
     */
    record Resting(Episode episode, Sample last) implements Kept {}

    /** Closed by hand. Nothing new is raised until a sample breaks no limit, or comes after a gap. */
    record Muted(Episode episode, Sample last) implements Kept {}
}
