//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE MPInitialize;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.InitializeHandlerEx = MPInitialize;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- initialize.c
#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    NDIS_HANDLE Dma;
} ADAPTER, *PADAPTER;

NDIS_STATUS SetAttributes(NDIS_HANDLE NdisMiniportHandle, PVOID adapter);
MINIPORT_INITIALIZE MPInitialize;

NDIS_STATUS MPInitialize(
    //      ^^^^^^^^^^^^ warning general-attributes-missing: 'MPInitialize' never sets the general attributes, only the registration attributes
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PADAPTER adapter = AllocateAdapter(NdisMiniportHandle);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    status = SetAttributes(NdisMiniportHandle, adapter);
    return status;
}

//- attributes.c
#include <ndis.h>

NDIS_STATUS SetAttributes(NDIS_HANDLE NdisMiniportHandle, PVOID adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = {0};
    NDIS_STATUS status;

    registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.MiniportAdapterContext = adapter;
    registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE;
    registration.InterfaceType = NdisInterfacePci;
    status = NdisMSetMiniportAttributes(NdisMiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    return status;
}
