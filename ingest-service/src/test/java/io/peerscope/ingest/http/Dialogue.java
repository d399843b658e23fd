package io.peerscope.ingest.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request's head and its answer without a network: what protocols ask of the one and say with the other, no more. */
final class Dialogue {
    private final MultiMap asked = MultiMap.caseInsensitiveMultiMap();
    private final MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
    /** Refuses what no header may contain. */
    private final MultiMap said = HttpHeaders.headers();

    private final HttpServerRequest request = fake(HttpServerRequest.class, this::ask);
    private final HttpServerResponse response = fake(HttpServerResponse.class, this::say);
    private int status = 200;
    private @Nullable Buffer body;

    Dialogue header(String name, String value) {
        asked.add(name, value);
        return this;
    }

    Dialogue parameter(String name, String value) {
        parameters.add(name, value);
        return this;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return response;
    }

    boolean answered() {
        return body != null;
    }

    int status() {
        return status;
    }

    MultiMap answerHeaders() {
        return said;
    }

    Buffer answer() {
        return Objects.requireNonNull(body, "there was no answer");
    }

    private Object ask(Object self, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "headers" -> asked;
            case "params" -> parameters;
            case "getHeader" -> orNothing(asked.get(Objects.toString(first(arguments))));
            case "getParam" -> orNothing(parameters.get(Objects.toString(first(arguments))));
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private Object say(Object self, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "setStatusCode" -> {
                status = (int) first(arguments);
                yield self;
            }
            case "putHeader" -> {
                said.set(first(arguments).toString(), Objects.toString(Objects.requireNonNull(arguments)[1]));
                yield self;
            }
            case "end" -> {
                if (answered()) {
                    throw new IllegalStateException("answered twice");
                }
                body = arguments == null
                        ? Buffer.buffer()
                        : first(arguments) instanceof Buffer bytes
                                ? bytes
                                : Buffer.buffer(first(arguments).toString());
                yield Future.succeededFuture();
            }
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private static Object first(@Nullable Object @Nullable [] arguments) {
        return Objects.requireNonNull(Objects.requireNonNull(arguments)[0]);
    }

    @SuppressWarnings("NullAway") // a request says null for what it has not
    private static Object orNothing(@Nullable Object value) {
        return value;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
