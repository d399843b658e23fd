package io.peerscope.contracts.live;

import java.util.OptionalDouble;

/**
 * Health of the network in one number: the weighted mean of what share of hosts is up (weight 4), of links is unimpaired
 * (3), and of hosts that are up is unstrained (3), as 0 to 100. A part with nothing to judge is left out and the others
 * weigh more; with no host at all the health is unknown.
 */
public final class NetworkHealth {
    private static final double HOSTS_UP = 4;
    private static final double LINKS_UNIMPAIRED = 3;
    private static final double HOSTS_UNSTRAINED = 3;

    private NetworkHealth() {}

    /**
     * @param strained hosts that are up with CPU or memory at 90 % or more, or an error rate at 5 % or more
     * @param links fresh links
     * @param impaired of these, how many lose more than 5 % or take more than 200 ms
     */
    public static OptionalDouble of(int up, int silent, int strained, int links, int impaired) {
        if (up + silent == 0) {
            return OptionalDouble.empty();
        }
        double weight = HOSTS_UP;
        double sum = HOSTS_UP * up / (up + silent);
        if (links > 0) {
            weight += LINKS_UNIMPAIRED;
            sum += LINKS_UNIMPAIRED * (links - impaired) / links;
        }
        if (up > 0) {
            weight += HOSTS_UNSTRAINED;
            sum += HOSTS_UNSTRAINED * (up - strained) / up;
        }
        return OptionalDouble.of(Math.round(sum / weight * 1000) / 10.0);
    }
}
