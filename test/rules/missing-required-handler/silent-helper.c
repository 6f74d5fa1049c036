#include <ndis.h>

static NDIS_HANDLE DriverHandle;

// The table goes through two helpers of this file; the second one takes a pointer to it.
static VOID SetDataPath(NDIS_MINIPORT_DRIVER_CHARACTERISTICS *Table)
{
    Table->SendNetBufferListsHandler = MPSendNetBufferLists;
    Table->ReturnNetBufferListsHandler = MPReturnNetBufferLists;
    (*Table).CancelSendHandler = MPCancelSend;
}

static VOID FillTable(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Table)
{
    NdisZeroMemory(Table, sizeof(*Table));
    Table->Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Table->Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2, Table->Header.Size = sizeof(*Table);
    Table->MajorNdisVersion = 6, Table->MinorNdisVersion = 30;
    Table->InitializeHandlerEx = MPInitialize;
    Table->HaltHandlerEx = MPHalt;
    Table->UnloadHandler = MPUnload;
    Table->PauseHandler = MPPause;
    Table->RestartHandler = MPRestart;
    Table->OidRequestHandler = MPOidRequest;
    SetDataPath(Table);
    Table->DevicePnPEventNotifyHandler = MPDevicePnPEventNotify;
    Table->ShutdownHandlerEx = MPShutdown;
    Table->CancelOidRequestHandler = MPCancelOidRequest;
}

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillTable(&chars);
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
