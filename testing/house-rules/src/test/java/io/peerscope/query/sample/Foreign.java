package io.peerscope.query.sample;

public final class Foreign {}
