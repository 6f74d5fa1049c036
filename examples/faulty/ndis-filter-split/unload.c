// The unload routine.

#include "filter.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, LwfUnload)
#endif

_Use_decl_annotations_
VOID LwfUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    // mistake: LwfDetach takes the lock while the filter is deregistered
    NdisFreeSpinLock(&ModuleLock);
    LwfCleanup();
}
