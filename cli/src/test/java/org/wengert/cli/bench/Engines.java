package org.wengert.cli.bench;

import java.util.List;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.TileInterpreter;

/** The engines that batches run on. */
final class Engines {

    static final List<Engine> ALL = List.of(new TileInterpreter(), FusedEngine.fast());

    private Engines() {}
}
