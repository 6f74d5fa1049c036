//- lwf.h
#include <ndis.h>

typedef struct _MS_FILTER {
    NDIS_HANDLE FilterHandle;
} MS_FILTER, *PMS_FILTER;

extern NDIS_FILTER_PARTIAL_CHARACTERISTICS SharedHandlers;

//- lwf.c
#include "lwf.h"

static NDIS_FILTER_PARTIAL_CHARACTERISTICS Prepared;
static NDIS_FILTER_PARTIAL_CHARACTERISTICS HandedOut;
NDIS_FILTER_PARTIAL_CHARACTERISTICS SharedHandlers = {0};
static const NDIS_FILTER_PARTIAL_CHARACTERISTICS Nothing = {0};

VOID Prepare(VOID)
{
    Prepared.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
    Prepared.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    Prepared.Header.Size = sizeof(Prepared);
    Complete(&HandedOut);
}

// Each template is filled somewhere: here, by a function out of sight, in the other file.
NDIS_STATUS SetFrom(PMS_FILTER Filter, ULONG Which)
{
    NDIS_FILTER_PARTIAL_CHARACTERISTICS handlers = Prepared;
    NDIS_FILTER_PARTIAL_CHARACTERISTICS others;

    if (Which == 0)
    {
        others = Nothing;
    }
    else
    {
        FillHandlers(&others);
    }
    (void)NdisSetOptionalHandlers(Filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&others);
    (void)NdisSetOptionalHandlers(Filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
    RtlCopyMemory(&handlers, &HandedOut, sizeof(NDIS_FILTER_PARTIAL_CHARACTERISTICS));
    (void)NdisSetOptionalHandlers(Filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
    handlers = SharedHandlers;
    (void)NdisSetOptionalHandlers(Filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
    RtlCopyMemory(&handlers, &Nothing, FIELD_OFFSET(NDIS_FILTER_PARTIAL_CHARACTERISTICS, Flags));
    return NdisSetOptionalHandlers(Filter->FilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
}

//- module.c
#include "lwf.h"

VOID FillShared(VOID)
{
    SharedHandlers.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
    SharedHandlers.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    SharedHandlers.Header.Size = sizeof(SharedHandlers);
}
