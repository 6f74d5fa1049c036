#include <wdm.h>
#include <hidport.h>

NTSTATUS RegisterWithHidclass(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.Revision = HID_REVISION;
    return HidRegisterMinidriver(&registration);
}
