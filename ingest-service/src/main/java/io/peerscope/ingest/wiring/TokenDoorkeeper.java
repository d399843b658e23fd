package io.peerscope.ingest.wiring;

import io.peerscope.contracts.security.Credential;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.foundation.security.Principal;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.http.Doorkeeper;
import io.peerscope.ingest.publish.TokenUses;

/** Lets in whom the credential directory knows as a host or a fleet, and notes that they came. */
final class TokenDoorkeeper implements Doorkeeper {
    private final CredentialDirectory directory;
    private final TokenUses uses;

    TokenDoorkeeper(CredentialDirectory directory, TokenUses uses) {
        this.directory = directory;
        this.uses = uses;
    }

    @Override
    public Access admit(String token) {
        return directory
                .authenticate(token, Credential.Use.TOKEN)
                .map(this::access)
                .or(() -> directory.expiry(token, Credential.Use.TOKEN).map(Access.Expired::new))
                // a sender drops its data at 401, so nobody is called unknown before everybody is known
                .orElseGet(() -> directory.caughtUp() ? new Access.Unknown() : new Access.NotYetKnown());
    }

    private Access access(Principal principal) {
        return switch (principal.role()) {
            case HOST -> {
                uses.note(principal.credentialId());
                yield new Access.Granted(new Sender.OneHost(principal.name()));
            }
            case FLEET -> new Access.Granted(new Sender.AnyHost(), principal.credentialId());
            case VIEWER, OPERATOR, ADMIN -> new Access.Reader();
        };
    }
}
