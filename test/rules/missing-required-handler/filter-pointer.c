#include <ndis.h>

typedef struct _GLOBALS {
    NDIS_HANDLE FilterHandle;
} GLOBALS;

static GLOBALS Globals;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    PNDIS_FILTER_DRIVER_CHARACTERISTICS table = &chars;

    memset(&chars, 0, sizeof(chars));
    table->Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    table->Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    table->Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    table->MajorNdisVersion = 6;
    table->MinorNdisVersion = 30;
    table->FriendlyName = g_FriendlyName;
    table->UniqueName = g_UniqueName;
    table->ServiceName = g_ServiceName;
    table->AttachHandler = LwfAttach;
    table->RestartHandler = LwfRestart;
    table->PauseHandler = LwfPause;

    return NdisFRegisterFilterDriver(DriverObject, NULL, table, &Globals.FilterHandle);
    //                                                   ^^^^^ error missing-required-handler: required handler 'DetachHandler' is not set in 'table' before 'NdisFRegisterFilterDriver'
}
