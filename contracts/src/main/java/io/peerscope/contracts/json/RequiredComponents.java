package io.peerscope.contracts.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jackson makes a record even where the JSON lacks half of it, with null in places that the compiler takes for never
 * null. This finds such places, so that a poisoned record is known when it is read and not somewhere behind.
 */
final class RequiredComponents {
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            List<Component> components = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                if (!component.getType().isPrimitive()) {
                    component.getAccessor().trySetAccessible();
                    components.add(new Component(
                            component.getName(),
                            component.getAccessor(),
                            component.getAnnotatedType().isAnnotationPresent(Nullable.class)));
                }
            }
            return components;
        }
    };

    private record Component(String name, Method accessor, boolean nullable) {}

    private RequiredComponents() {}

    /** Path of the first component, in {@code value} or deeper, that is null and must not be. */
    static Optional<String> firstMissing(Object value) {
        return switch (value) {
            case Record fields -> firstMissing(fields);
            case Collection<?> elements -> firstMissing(elements);
            case Map<?, ?> map -> firstMissing(map.values());
            default -> Optional.empty();
        };
    }

    private static Optional<String> firstMissing(Record value) {
        for (Component component : COMPONENTS.get(value.getClass())) {
            Object part = read(component.accessor(), value);
            if (part == null) {
                if (!component.nullable()) {
                    return Optional.of(component.name());
                }
                continue;
            }
            Optional<String> missing = firstMissing(part);
            if (missing.isPresent()) {
                return missing.map(inner -> component.name() + "." + inner);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstMissing(Collection<?> elements) {
        for (Object element : elements) {
            Optional<String> missing = element == null ? Optional.of("null element") : firstMissing(element);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object read(Method accessor, Record value) {
        try {
            return accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }
}
