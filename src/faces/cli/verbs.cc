namespace readout::cli {}
