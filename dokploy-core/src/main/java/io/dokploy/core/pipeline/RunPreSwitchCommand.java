package io.dokploy.core.pipeline;

import io.dokploy.api.error.PreSwitchCommandException;

/** Runs the command that must come before the switch: a migration. A failure ends the deployment. */
final class RunPreSwitchCommand implements Convergence.Step {

    @Override
    public String name() {
        return "pre-switch";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.reason() == Wanted.Reason.DEPLOYMENT
                && wanted.required().spec().preSwitch().isPresent()
                && !job.has(Job.Done.MIGRATED)
                && !seen.serves(wanted)
                && !CheckpointForm.migrated(job);
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        var release = wanted.required();
        var command = release.spec().preSwitch().orElseThrow();
        job.say("Running " + command.arguments() + " from the new image");
        var target = job.target(release, 1);
        var result = job.platform().deployer().runOnce(target, command.arguments(), command.timeout(), job.context());
        if (result.exitCode() != 0) {
            throw new PreSwitchCommandException(
                    job.ref().subject(),
                    command.arguments() + " ended with exit code " + result.exitCode()
                            + LastLines.of(result.lastLines()),
                    "Mend the command or what it works on, and deploy again; the former release was not touched.");
        }
        job.note(Job.Done.MIGRATED);
        job.operation().saveCheckpoint(CheckpointForm.of(release.id(), CheckpointForm.Migration.DONE));
    }
}
