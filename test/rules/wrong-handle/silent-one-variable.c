#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    PDEVICE_OBJECT device;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    FillAttributes(&attributes);
    status = NdisRegisterDeviceEx(FilterHandle, &attributes, &device, &DeviceHandle);
    if (!NT_SUCCESS(status)) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    NDIS_HANDLE handle;

    UNREFERENCED_PARAMETER(DriverObject);
    handle = DeviceHandle;
    NdisDeregisterDeviceEx(handle);
    handle = FilterHandle;
    NdisFDeregisterFilterDriver(handle);
}
