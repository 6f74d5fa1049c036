#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    chars.AttachHandler = FilterAttach;
    chars.DetachHandler = FilterDetach;
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

NDIS_STATUS FilterAttach(NDIS_HANDLE FilterModule, NDIS_HANDLE Context, PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    PDEVICE_OBJECT device;

    UNREFERENCED_PARAMETER(FilterModule);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    FillAttributes(&attributes);
    return NdisRegisterDeviceEx(FilterHandle, &attributes, &device, &DeviceHandle);
}

// Where a device goes is the driver's own business.
VOID FilterDetach(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    NdisDeregisterDeviceEx(DeviceHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
