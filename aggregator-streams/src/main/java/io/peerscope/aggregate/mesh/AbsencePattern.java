package io.peerscope.aggregate.mesh;

import java.util.Base64;

/**
 * At which hours a host is usually there, learned hour by hour, UTC. An hour counts as one of presence if the host was
 * heard in more than half of it. Absence is expected at an hour of the day at which the host was there in at most a tenth
 * of the last fourteen days, of which at least ten must be known; or at an hour of the week that it missed four weeks
 * running. So the habit of a night is known after ten nights, and one bad night is none.
 */
final class AbsencePattern {
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 168;
    private static final int DAYS = 14;
    private static final int DAYS_NEEDED = 10;
    private static final double SELDOM = 0.1;
    private static final int WEEKS_NEEDED = 4;
    private static final int MINUTES_NEEDED = 30;

    /** Presence of the last eight weeks at each hour of the week, newest week in the lowest bit. */
    private final byte[] there = new byte[HOURS];

    private final byte[] weeks = new byte[HOURS];
    private long hour = -1;
    private int minutes;
    private long lastMinute = -1;

    /** The host was heard. */
    void heard(long at) {
        turn(at);
        long minute = at / 60_000;
        if (minute > lastMinute) {
            minutes++;
            lastMinute = minute;
        }
    }

    /** Books the hours that are over. */
    void turn(long at) {
        long now = at / HOUR;
        if (hour < 0) {
            hour = now;
        }
        for (int most = 0; hour < now && most < 8 * HOURS; hour++, most++) {
            int slot = slot(hour);
            there[slot] = (byte) (there[slot] << 1 | (minutes >= MINUTES_NEEDED ? 1 : 0));
            weeks[slot] = (byte) Math.min(8, weeks[slot] + 1);
            minutes = 0;
        }
        hour = Math.max(hour, now);
    }

    private static int slot(long hour) {
        return (int) (hour % HOURS);
    }

    boolean expectedAt(long at) {
        int ofWeek = slot(at / HOUR);
        if (weeks[ofWeek] >= WEEKS_NEEDED && (there[ofWeek] & 0b1111) == 0) {
            return true;
        }
        int known = 0;
        int present = 0;
        for (int day = 1; day <= DAYS; day++) {
            int slot = Math.floorMod(ofWeek - 24 * day, HOURS);
            int week = (day - 1) / 7;
            if (weeks[slot] > week) {
                known++;
                present += there[slot] >> week & 1;
            }
        }
        return known >= DAYS_NEEDED && present <= SELDOM * known;
    }

    String text() {
        byte[] all = new byte[2 * HOURS];
        System.arraycopy(there, 0, all, 0, HOURS);
        System.arraycopy(weeks, 0, all, HOURS, HOURS);
        return hour + ":" + minutes + ":" + Base64.getEncoder().encodeToString(all);
    }

    static AbsencePattern of(String text) {
        AbsencePattern pattern = new AbsencePattern();
        String[] parts = text.split(":", 3);
        if (parts.length == 3) {
            byte[] all = Base64.getDecoder().decode(parts[2]);
            pattern.hour = Long.parseLong(parts[0]);
            pattern.minutes = Integer.parseInt(parts[1]);
            System.arraycopy(all, 0, pattern.there, 0, HOURS);
            System.arraycopy(all, HOURS, pattern.weeks, 0, HOURS);
        }
        return pattern;
    }
}
