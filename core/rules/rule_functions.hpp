// The rules themselves; rules.cpp lists them. Each may be called on a session that broke the ones before it.
#pragma once
#include "core/rules/rules.hpp"

namespace doodled::rules {

// rules_structure.cpp
void finite(Session& session, const RuleOptions& options, Verdicts& verdicts);
void size(Session& session, const RuleOptions& options, Verdicts& verdicts);
void length(Session& session, const RuleOptions& options, Verdicts& verdicts);
void unique_ids(Session& session, const RuleOptions& options, Verdicts& verdicts);
void references(Session& session, const RuleOptions& options, Verdicts& verdicts);

// rules_time.cpp
void bar_alignment(Session& session, const RuleOptions& options, Verdicts& verdicts);
void inside_pattern(Session& session, const RuleOptions& options, Verdicts& verdicts);
void equal_pitch_overlap(Session& session, const RuleOptions& options, Verdicts& verdicts);
void density(Session& session, const RuleOptions& options, Verdicts& verdicts);
void in_a_row(Session& session, const RuleOptions& options, Verdicts& verdicts);

// rules_pitch.cpp
void in_scale(Session& session, const RuleOptions& options, Verdicts& verdicts);
void in_range(Session& session, const RuleOptions& options, Verdicts& verdicts);
void leap(Session& session, const RuleOptions& options, Verdicts& verdicts);
void root_on_step_0(Session& session, const RuleOptions& options, Verdicts& verdicts);

// rules_voices.cpp
void velocity(Session& session, const RuleOptions& options, Verdicts& verdicts);
void polyphony(Session& session, const RuleOptions& options, Verdicts& verdicts);
void device(Session& session, const RuleOptions& options, Verdicts& verdicts);

}  // namespace doodled::rules
