# A factor of a sweep against a form's difference from the baseline.
#
#   Rscript docs/example.R results/aannames unsafe_days_per_family_year v2_rnvt staff.fte_lokaal_team figure.pdf
#
# Every dot is a point of the sweep: the mean over its replications of form less baseline. Base R alone.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]; kpi <- arguments[2]; form <- arguments[3]; factor <- arguments[4]; picture <- arguments[5]

table_of <- function(name) read.csv(file.path(folder, name), check.names = FALSE)

manifest <- readLines(file.path(folder, "manifest.json"), warn = FALSE)
baseline <- sub('.*"baseline": *"([^"]*)".*', "\\1", grep('"baseline"', manifest, value = TRUE)[1])

# An empty cell of the design: the value that the scenario has by itself.
design <- table_of("design.csv")
factors <- table_of("factors.csv")
setting <- design[[factor]]
setting[is.na(setting)] <- factors$base[factors$factor == factor]

# Replication k has the same families in every form: subtract within replications.
results <- table_of("results.csv")
results <- results[results$kpi == kpi, ]
pairs <- merge(results[results$form == form, ], results[results$form == baseline, ],
               by = c("point", "replication"), suffixes = c("", "_baseline"))
pairs$difference <- pairs$value - pairs$value_baseline
means <- aggregate(difference ~ point, pairs, mean)

pdf(picture)
plot(setting[match(means$point, design$point)], means$difference, pch = 20, cex = 0.6,
     xlab = factor, ylab = paste0(kpi, ": ", form, " less ", baseline))
abline(h = 0, col = "grey")
invisible(dev.off())
cat(nrow(means), "points in", picture, "\n")
