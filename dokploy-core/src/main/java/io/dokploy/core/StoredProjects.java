package io.dokploy.core;

import io.dokploy.api.Environment;
import io.dokploy.api.Project;
import io.dokploy.api.Projects;
import io.dokploy.api.value.EnvironmentValue;
import java.util.List;
import java.util.Map;

/** {@link Projects} in the store, for one actor. */
final class StoredProjects implements Projects {

    private final ActorClient client;

    StoredProjects(ActorClient client) {
        this.client = client;
    }

    private io.dokploy.core.store.ProjectTable table() {
        return client.running().store().projects();
    }

    @Override
    public Project create(String name) {
        client.require("project.create", name);
        return table().create(name);
    }

    @Override
    public Project get(String name) {
        client.require("project.read", name);
        return table().get(name);
    }

    @Override
    public List<Project> list() {
        client.require("project.read", "instance");
        return table().list();
    }

    @Override
    public Project setVariables(String project, long version, Map<String, ? extends EnvironmentValue> variables) {
        client.require("project.update", project);
        return table().setVariables(project, version, variables);
    }

    @Override
    public Environment createEnvironment(String project, String name) {
        client.require("environment.create", project + "/" + name);
        return table().createEnvironment(project, name);
    }

    @Override
    public Environment environment(String project, String name) {
        client.require("environment.read", project + "/" + name);
        return table().environment(project, name);
    }

    @Override
    public List<Environment> environments(String project) {
        client.require("environment.read", project);
        return table().environments(project);
    }

    @Override
    public Environment setVariables(
            String project, String environment, long version, Map<String, ? extends EnvironmentValue> variables) {
        client.require("environment.update", project + "/" + environment);
        return table().setVariables(project, environment, version, variables);
    }

    @Override
    public void deleteEnvironment(String project, String name) {
        client.require("environment.delete", project + "/" + name);
        table().deleteEnvironment(project, name);
    }

    @Override
    public void delete(String name) {
        client.require("project.delete", name);
        table().delete(name);
    }
}
