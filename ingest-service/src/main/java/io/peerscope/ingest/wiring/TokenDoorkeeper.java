package io.peerscope.ingest.wiring;

import io.peerscope.contracts.security.Credential;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.foundation.security.Principal;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.http.Doorkeeper;

/** Lets in whom the credential directory knows as a host or a fleet. */
final class TokenDoorkeeper implements Doorkeeper {
    private final CredentialDirectory directory;

    TokenDoorkeeper(CredentialDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Access admit(String token) {
        return directory
                .authenticate(token, Credential.Use.TOKEN)
                .map(TokenDoorkeeper::access)
                // a sender drops its data at 401, so nobody is called unknown before everybody is known
                .orElseGet(() -> directory.caughtUp() ? new Access.Unknown() : new Access.NotYetKnown());
    }

    private static Access access(Principal principal) {
        return switch (principal.role()) {
            case HOST -> new Access.Granted(new Sender.OneHost(principal.name()));
            case FLEET -> new Access.Granted(new Sender.AnyHost(), principal.credentialId());
            case VIEWER, OPERATOR, ADMIN -> new Access.Reader();
        };
    }
}
